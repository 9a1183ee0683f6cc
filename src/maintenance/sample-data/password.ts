/** The password of every member of a sample. Everybody may know it: it opens made-up data only. */
export const SAMPLE_PASSWORD = 'sample-data-only'

/** The argon2id hash of it. A constant, because a hash with a salt of its own would differ from sample to sample. */
export const SAMPLE_PASSWORD_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$dGVuYW50cnkgc2FtcGxlIQ$WH+pP1a6NPeicb0uFUuJH2Ju1+XmgE+zcLX7xiBdB/Q'
