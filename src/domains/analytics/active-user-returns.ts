/**
 * SQL that keeps active_user_returns equal to daily_active_users, for statements that change the people of one day: $1 is
 * the organization, $2 the day. It reads the other days as of the statement's snapshot, which is why an organization's
 * days are rolled up one after the other: two at once would each not see whom the other enters.
 */

/** The day before $2 on which the person was last active. */
export const PREVIOUS_DATE = (
  person: string,
) => `coalesce((SELECT max(earlier.date) FROM daily_active_users AS earlier
  WHERE earlier.organization_id = $1::uuid AND earlier.user_key = ${person}.user_key AND earlier.date < $2::date),
  '-infinity')`

/**
 * For each person of `changed (user_key, change)`, who enters day $2 (1) or leaves it (-1), what that changes: the day
 * comes after the one before (`own_returns`), and the next one now comes after the day, no longer after the one before
 * (`later_returns`); or the other way round.
 */
export const RETURNS_OF_CHANGED = `neighbours AS MATERIALIZED (
    SELECT change, ${PREVIOUS_DATE('changed')} AS previous_date, (
      SELECT min(later.date) FROM daily_active_users AS later
      WHERE later.organization_id = $1::uuid AND later.user_key = changed.user_key AND later.date > $2::date
    ) AS next_date
    FROM changed
  ),
  own_returns AS (SELECT $2::date AS date, previous_date, change FROM neighbours),
  later_returns AS (
    SELECT next_date AS date, previous_date, -change AS change FROM neighbours WHERE next_date IS NOT NULL
    UNION ALL
    SELECT next_date, $2::date, change FROM neighbours WHERE next_date IS NOT NULL
  )`

/** Adds `delta (date, previous_date, change)`; what comes to nothing has no row. */
export const MERGE_RETURNS = `MERGE INTO active_user_returns AS present
  USING (
    SELECT date, previous_date, sum(change)::integer AS change FROM delta
    GROUP BY date, previous_date HAVING sum(change) <> 0
  ) AS change
  ON present.organization_id = $1::uuid AND present.date = change.date AND present.previous_date = change.previous_date
  WHEN MATCHED AND present.users + change.change = 0 THEN DELETE
  WHEN MATCHED THEN UPDATE SET users = present.users + change.change
  WHEN NOT MATCHED THEN INSERT (organization_id, date, previous_date, users)
    VALUES ($1::uuid, change.date, change.previous_date, change.change)`
