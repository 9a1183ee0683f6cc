import * as office from './office-topics.ts'
import * as shop from './shop-topics.ts'
import type { Topic } from './topic.ts'

export type Industry = {
  /** How busy each hour of the day is, where the organization is. */
  readonly hours: readonly number[]
  /** How busy a Saturday and a Sunday are, beside a working day. */
  readonly weekend: readonly [saturday: number, sunday: number]
  readonly agents: readonly AgentKind[]
  readonly workflows: readonly string[]
}

export type AgentKind = {
  readonly name: string
  readonly description: string
  readonly topics: readonly Topic[]
}

const OFFICE = [0, 0, 0, 0, 0, 0, 1, 3, 7, 10, 11, 10, 7, 9, 10, 9, 8, 5, 2, 1, 1, 1, 0, 0]
const EVENING = [1, 0, 0, 0, 0, 0, 1, 2, 4, 5, 6, 7, 8, 7, 6, 6, 7, 8, 10, 12, 12, 10, 6, 3]

const STAFF_DESK: AgentKind = {
  name: 'Team desk',
  description: 'Answers our own people about policies, leave and accounts.',
  topics: [office.LEAVE, office.ACCOUNTS],
}

/** What each kind of organization has its agents do; the last agent is for its own members. */
export const INDUSTRIES = {
  retail: {
    hours: EVENING,
    weekend: [1.25, 1.1],
    agents: [
      {
        name: 'Order helper',
        description: 'Where orders are and when they come.',
        topics: [shop.ORDERS, shop.DELIVERY],
      },
      { name: 'Returns desk', description: 'Returns, exchanges and refunds.', topics: [shop.RETURNS] },
      {
        name: 'Style guide',
        description: 'Sizes, materials and what goes together.',
        topics: [shop.SIZES],
      },
      STAFF_DESK,
    ],
    workflows: ['Send tracking updates', 'Flag late parcels', 'Weekly stock report', 'Refund approvals'],
  },
  travel: {
    hours: EVENING,
    weekend: [1.15, 1.2],
    agents: [
      {
        name: 'Booking assistant',
        description: 'Finds rooms and trips, changes bookings.',
        topics: [shop.BOOKINGS],
      },
      {
        name: 'Concierge',
        description: 'What to do and how to get there.',
        topics: [shop.LOCAL, shop.ARRIVAL],
      },
      STAFF_DESK,
    ],
    workflows: ['Send check-in details', 'Ask for a review', 'Nightly occupancy report'],
  },
  software: {
    hours: OFFICE,
    weekend: [0.2, 0.15],
    agents: [
      {
        name: 'Docs assistant',
        description: 'Answers from the documentation.',
        topics: [office.API, office.ACCOUNTS],
      },
      { name: 'Billing assistant', description: 'Plans, invoices and seats.', topics: [office.INVOICES] },
      { name: 'Incident reporter', description: 'Takes down what is broken.', topics: [office.BUGS] },
      STAFF_DESK,
    ],
    workflows: ['Triage new issues', 'Summarise the week', 'Renewal reminders', 'Sync customers'],
  },
  health: {
    hours: OFFICE,
    weekend: [0.35, 0.1],
    agents: [
      {
        name: 'Appointment desk',
        description: 'Makes and moves appointments.',
        topics: [office.APPOINTMENTS],
      },
      {
        name: 'Front desk',
        description: 'Opening hours, insurance and directions.',
        topics: [office.INSURANCE, shop.ARRIVAL],
      },
      STAFF_DESK,
    ],
    workflows: ['Appointment reminders', 'No-show follow-up', 'Daily schedule'],
  },
  education: {
    hours: EVENING,
    weekend: [0.8, 0.9],
    agents: [
      { name: 'Tutor', description: 'Explains exercises step by step.', topics: [office.EXERCISES] },
      {
        name: 'Course guide',
        description: 'Courses, dates and fees.',
        topics: [office.COURSES, office.INVOICES],
      },
      STAFF_DESK,
    ],
    workflows: ['Grade quizzes', 'Weekly progress mails', 'Course reminders'],
  },
  property: {
    hours: OFFICE,
    weekend: [0.7, 0.45],
    agents: [
      { name: 'Viewing planner', description: 'Arranges viewings.', topics: [shop.VIEWINGS] },
      { name: 'Tenant line', description: 'Repairs, keys and contracts.', topics: [shop.REPAIRS] },
      STAFF_DESK,
    ],
    workflows: ['Confirm viewings', 'Assign repairs', 'Monthly rent report'],
  },
} as const satisfies Record<string, Industry>

export type IndustryName = keyof typeof INDUSTRIES

export const INDUSTRY_NAMES = Object.keys(INDUSTRIES).filter(
  (name): name is IndustryName => name in INDUSTRIES,
)
