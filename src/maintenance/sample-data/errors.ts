import { AppError } from '../../platform/errors.ts'

export const databaseNotEmpty = (organizations: number) =>
  new AppError(
    'sample_data.database_not_empty',
    'conflict',
    `This database holds ${organizations} ${organizations === 1 ? 'organization' : 'organizations'} already, and a sample is only put into one without any. Use another database: TENANTRY_DATA_DIR=./.tenantry-sample, or DATABASE_URL.`,
    { organizations },
  )
