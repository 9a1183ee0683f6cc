import { Box, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type PointerEvent, useState } from 'react'
import { areasOf, levelsOf } from './chart-geometry.ts'
import classes from './day-chart.module.css'
import { day, NONE } from './format.ts'

const HEIGHT = 240
const PAD = { left: 56, right: 12, top: 12, bottom: 28 }

/**
 * One figure by day, as an area. A day without the figure is a gap, never a zero. For eyes only: whoever draws it shows
 * the same numbers in a table.
 */
export function DayChart({ days, format }: DayChartProps) {
  const { ref, width } = useElementSize()
  const [pointed, point] = useState<number>()
  const levels = levelsOf(Math.max(0, ...days.map(({ value }) => value ?? 0)))
  const top = levels.at(-1) ?? 1
  const plot = { width: Math.max(1, width - PAD.left - PAD.right), height: HEIGHT - PAD.top - PAD.bottom }
  const x = (n: number) =>
    PAD.left + (days.length < 2 ? plot.width / 2 : (n / (days.length - 1)) * plot.width)
  const y = (value: number) => PAD.top + plot.height * (1 - value / top)
  const shown = pointed === undefined ? undefined : days[pointed]
  const every = Math.max(1, Math.ceil(days.length / Math.max(1, Math.floor(plot.width / 80))))
  const follow = ({ clientX, currentTarget }: PointerEvent) => {
    const share = (clientX - currentTarget.getBoundingClientRect().left - PAD.left) / plot.width
    point(Math.min(days.length - 1, Math.max(0, Math.round(share * (days.length - 1)))))
  }
  return (
    <Box
      ref={ref}
      className={classes.chart}
      h={HEIGHT}
      aria-hidden
      onPointerMove={follow}
      onPointerLeave={() => point(undefined)}
    >
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="presentation">
          {levels.map(level => (
            <g key={level}>
              <line
                className={classes.level}
                x1={PAD.left}
                x2={width - PAD.right}
                y1={y(level)}
                y2={y(level)}
              />
              <text className={classes.label} x={PAD.left - 8} y={y(level)} dy="0.32em" textAnchor="end">
                {format(level)}
              </text>
            </g>
          ))}
          {days.map(({ date }, n) =>
            (days.length - 1 - n) % every === 0 ? (
              <text
                key={date}
                className={classes.label}
                x={x(n)}
                y={HEIGHT - 8}
                textAnchor={n === days.length - 1 && n > 0 ? 'end' : 'middle'}
              >
                {day(date)}
              </text>
            ) : null,
          )}
          {areasOf(days.map(({ value }) => value)).map(({ from, values }) => {
            const line = values.map((value, n) => `${x(from + n)},${y(value)}`).join(' ')
            return (
              <g key={from}>
                <polygon
                  className={classes.area}
                  points={`${x(from)},${y(0)} ${line} ${x(from + values.length - 1)},${y(0)}`}
                />
                <polyline className={classes.line} points={line} />
                {values.length === 1 && (
                  <circle className={classes.dot} cx={x(from)} cy={y(values[0] ?? 0)} r={3} />
                )}
              </g>
            )
          })}
          {pointed !== undefined && shown && (
            <>
              <line className={classes.pointer} x1={x(pointed)} x2={x(pointed)} y1={PAD.top} y2={y(0)} />
              {shown.value !== null && (
                <circle className={classes.dot} cx={x(pointed)} cy={y(shown.value)} r={4} />
              )}
            </>
          )}
        </svg>
      )}
      {pointed !== undefined && shown && (
        <div
          className={classes.tip}
          style={x(pointed) > width / 2 ? { right: width - x(pointed) + 12 } : { left: x(pointed) + 12 }}
        >
          <Text size="xs" c="dimmed">
            {day(shown.date, { weekday: 'short', day: 'numeric', month: 'short' })}
          </Text>
          <Text size="sm" fw={600}>
            {shown.value === null ? NONE : format(shown.value)}
          </Text>
        </div>
      )}
    </Box>
  )
}

type DayChartProps = {
  readonly days: readonly { readonly date: string; readonly value: number | null }[]
  readonly format: (value: number) => string
}
