import type { Rejection } from './rejection.ts'
import * as rejections from './rejection.ts'

/** A property that metrics add up; beyond its range it would be a sum of nonsense. */
export type Measure = {
  readonly eventType: string
  readonly property: 'tokens' | 'response_time_ms' | 'score'
  readonly least: number
  readonly most: number
  readonly isWhole: boolean
  readonly isRequired: boolean
  readonly range: string
}

export const MEASURES: readonly Measure[] = [
  {
    eventType: 'message.created',
    property: 'tokens',
    least: 0,
    most: 1_000_000_000,
    isWhole: true,
    isRequired: false,
    range: 'a whole number from 0 to 1,000,000,000, or be left out',
  },
  {
    eventType: 'message.created',
    property: 'response_time_ms',
    least: 0,
    most: 86_400_000,
    isWhole: false,
    isRequired: false,
    range: 'a number of milliseconds from 0 to 86,400,000, or be left out',
  },
  {
    eventType: 'conversation.rated',
    property: 'score',
    least: 1,
    most: 5,
    isWhole: false,
    isRequired: true,
    range: 'a number from 1 to 5',
  },
]

/** Refuses a value that the metrics of its event type could not count; other event types may call anything so. */
export function measuredPropertyFault(
  eventType: unknown,
  properties: Readonly<Record<string, unknown>>,
): Rejection | undefined {
  for (const measure of MEASURES) {
    if (measure.eventType === eventType && !isWithin(measure, properties[measure.property] ?? null))
      return rejections.propertyInvalid(measure.property, measure.eventType, measure.range)
  }
  return undefined
}

/** True for a value that the metrics of the event type count. */
export function isMeasured(eventType: string, property: string, value: number): boolean {
  return MEASURES.some(
    measure => measure.eventType === eventType && measure.property === property && isWithin(measure, value),
  )
}

function isWithin({ least, most, isWhole, isRequired }: Measure, value: unknown): boolean {
  if (value === null) return !isRequired
  if (typeof value !== 'number' || value < least || value > most) return false
  return !isWhole || Number.isInteger(value)
}
