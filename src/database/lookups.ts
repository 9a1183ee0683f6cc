/**
 * Every SECURITY DEFINER function that the login may call before an organization is known, by exact signature.
 * One exact key goes in, ids come out; the migrator grants EXECUTE on these to the login alone.
 */
export const LOOKUPS = ['find_api_key(text)', 'find_session(text)', 'find_user_by_email(text)'] as const
