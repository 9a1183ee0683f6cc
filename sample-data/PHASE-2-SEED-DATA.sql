-- Sample data for a development database: eight organizations with ninety days of history that end now. In the folder of
-- this program, on a freshly migrated database, as a role that may become tenantry_owner:
--
--   psql -f sample-data/PHASE-2-SEED-DATA.sql "$DATABASE_URL"
--
-- The rows come from `tenantry sample-data` (docs/sample-data.md), because dates that stood here would be old in a month.
\set ON_ERROR_STOP on
\set script `mktemp`
\setenv TENANTRY_SAMPLE_SCRIPT :script
\set written `npx tenantry sample-data --scale small --sql "$TENANTRY_SAMPLE_SCRIPT" >&2 && echo true || echo false`
\if :written
\i :script
\else
\warn The sample data could not be made; standard error says why.
\endif
\! rm -f "$TENANTRY_SAMPLE_SCRIPT"
