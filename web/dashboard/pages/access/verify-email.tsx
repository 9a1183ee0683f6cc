import { answer, api } from '../../api.ts'
import { RedeemLink } from './redeem-link.tsx'

export const VerifyEmailPage = () => (
  <RedeemLink
    title="Verify your e-mail address"
    action="Verify"
    done={email => `${email} is verified.`}
    redeem={secret => answer(api.POST('/v1/email-verifications/completion', { body: { secret } }))}
  />
)
