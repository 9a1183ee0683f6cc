/** What goes wrong with agents, by how often. */
export const AGENT_FAILURES = [
  { code: 'model_timeout', message: 'The model did not answer within 30 s', weight: 5 },
  { code: 'rate_limited', message: 'The model provider refused the request: too many', weight: 3 },
  { code: 'tool_failed', message: 'The tool "lookup" answered 502', weight: 3 },
  { code: 'content_refused', message: 'The answer was withheld by the content filter', weight: 1 },
] as const

export const WORKFLOW_FAILURES = [
  'The step "fetch" answered 503 three times',
  'The step "send" refused the recipient',
  'Timed out after 300 s',
] as const

export const APOLOGY = 'I am sorry, something went wrong on my side. Please ask once more in a moment.'

export const TICKETS = [
  {
    subject: 'Answers are slow since yesterday',
    text: 'Several customers complain that answers take ten seconds and more. Is something wrong on your side?',
    tags: ['performance'],
  },
  {
    subject: 'How do we export conversations?',
    text: 'Our data protection officer asks for an export of one customer. Where do we find it?',
    tags: ['export', 'privacy'],
  },
  {
    subject: 'Invoice shows the wrong address',
    text: 'We moved last month; the invoice still has the old address. Can you issue it again?',
    tags: ['billing'],
  },
  {
    subject: 'Agent does not know our new prices',
    text: 'We changed the price list on Monday and the agent still tells the old ones.',
    tags: ['agents'],
  },
  {
    subject: 'A colleague cannot accept the invitation',
    text: 'The link says that it has expired, although it came this morning.',
    tags: ['team'],
  },
  {
    subject: 'Metrics of Sunday look too low',
    text: 'We had a campaign on Sunday and expected twice as many conversations.',
    tags: ['analytics'],
  },
  {
    subject: 'Please raise our limit of agents',
    text: 'We would like to try two more agents before we change the plan.',
    tags: ['billing', 'limits'],
  },
  {
    subject: 'Webhook signature does not match',
    text: 'Since the last deployment our check of the signature fails about once in a hundred.',
    tags: ['api'],
  },
] as const

export const STAFF_REPLIES = [
  'Thank you for telling us. I am looking into it and come back to you today.',
  'I could reproduce it. The team has a correction; it is rolled out tonight.',
  'Could you send me the time and one conversation as an example?',
  'This is done. Please tell me if it is not as it should be.',
] as const

export const STAFF_NOTES = [
  'Same symptom as in the other ticket of this week, probably the same cause.',
  'Customer is on annual billing, be generous.',
] as const

export const USER_REPLIES = [
  'Thanks for the quick answer. It happens mostly in the morning.',
  'That worked, thank you!',
  'I have attached an example, conversation from today 9:14.',
] as const
