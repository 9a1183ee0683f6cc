import type { IndustryName } from './industries.ts'

export type Company = {
  readonly name: string
  readonly subdomain: string
  readonly industry: IndustryName
  readonly timeZone: string
  readonly currency: string
}

const company = (
  name: string,
  subdomain: string,
  industry: IndustryName,
  timeZone: string,
  currency: string,
): Company => ({ name, subdomain, industry, timeZone, currency })

/** The first organizations of every sample, the largest first. */
export const COMPANIES: readonly Company[] = [
  company('Brightwater Outfitters', 'brightwater', 'retail', 'Europe/Berlin', 'EUR'),
  company('Halden Clinics', 'halden', 'health', 'Europe/London', 'GBP'),
  company('Quillstack', 'quillstack', 'software', 'America/New_York', 'USD'),
  company('Marisol Travel', 'marisol', 'travel', 'America/Sao_Paulo', 'USD'),
  company('Pinecrest Homes', 'pinecrest', 'property', 'America/Denver', 'USD'),
  company('Tessellate Learning', 'tessellate', 'education', 'Asia/Kolkata', 'USD'),
  company('Kettle & Crumb', 'kettle-crumb', 'retail', 'Australia/Sydney', 'AUD'),
  company('Northlane Software', 'northlane', 'software', 'Europe/Stockholm', 'EUR'),
  company('Hoshino Ryokan', 'hoshino', 'travel', 'Asia/Tokyo', 'JPY'),
  company('Alder Street Dental', 'alder-dental', 'health', 'America/Chicago', 'USD'),
  company('Papelería Lumbre', 'lumbre', 'retail', 'America/Mexico_City', 'USD'),
  company('Fjord Tutors', 'fjord-tutors', 'education', 'Europe/Oslo', 'EUR'),
]

/** What the names of all further organizations are put together from. */
export const NAME_PARTS = {
  first: [
    'Amber',
    'Cobalt',
    'Maple',
    'Harbor',
    'Summit',
    'Willow',
    'Granite',
    'Juniper',
    'Silver',
    'Coral',
    'Aspen',
    'Meadow',
  ],
  second: {
    retail: ['Goods', 'Supply', 'Market'],
    travel: ['Journeys', 'Stays', 'Voyages'],
    software: ['Labs', 'Systems', 'Cloud'],
    health: ['Clinic', 'Care', 'Therapy'],
    education: ['Academy', 'Learning', 'School'],
    property: ['Homes', 'Living', 'Lettings'],
  } satisfies Record<IndustryName, readonly string[]>,
} as const

export const PLACES = [
  ['Europe/Paris', 'EUR'],
  ['America/Los_Angeles', 'USD'],
  ['Asia/Singapore', 'USD'],
  ['Europe/Warsaw', 'EUR'],
  ['Africa/Lagos', 'USD'],
  ['America/Toronto', 'CAD'],
  ['Asia/Tokyo', 'JPY'],
] as const
