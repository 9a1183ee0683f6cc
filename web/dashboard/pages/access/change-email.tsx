import { answer, api } from '../../api.ts'
import { RedeemLink } from './redeem-link.tsx'

export const ChangeEmailPage = () => (
  <RedeemLink
    title="Change your e-mail address"
    action="Use this address from now on"
    done={email => `Your address is now ${email}. Sign in with it from now on.`}
    redeem={secret => answer(api.POST('/v1/email-changes/completion', { body: { secret } }))}
  />
)
