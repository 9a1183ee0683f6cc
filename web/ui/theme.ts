import { type CSSVariablesResolver, createTheme } from '@mantine/core'

const SCROLLING_LIST = {
  defaultProps: { withScrollArea: false, styles: { options: { maxHeight: 220, overflowY: 'auto' } } },
} as const

/** One accent, neutral surfaces, figures that stand under each other. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  components: {
    // What comes up lies within the main part of the page, as what it belongs to does, and not beside all parts.
    Portal: { defaultProps: { target: '#content' } },
    Modal: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        // In the middle of the window, wherever the main part of the page begins.
        styles: { inner: { insetInlineStart: 0 } },
      },
    },
    // A menu holds nothing but items: the first of them takes the focus, and no placeholder before it.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // The list itself scrolls: a place that scrolls around it could not be reached by the keyboard.
    Select: SCROLLING_LIST,
    Autocomplete: SCROLLING_LIST,
  },
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.6rem' }, h2: { fontSize: '1.15rem' } } },
})

/** Quiet text that can still be read: Mantine's own falls short of the contrast that WCAG asks for. */
export const cssVariablesResolver: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    // Under a pointer too: Mantine's own is darker than dark words on it allow.
    '--mantine-color-indigo-light-hover': '#d0daff',
    '--mantine-color-dimmed': colors.gray[7],
    '--mantine-color-placeholder': colors.gray[6],
  },
  dark: { '--mantine-color-dimmed': colors.dark[1], '--mantine-color-placeholder': colors.dark[2] },
})
