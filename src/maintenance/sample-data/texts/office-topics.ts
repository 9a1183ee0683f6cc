import type { Topic } from './topic.ts'

export const API: Topic = {
  openers: [
    [
      'How do I page through more than 100 results?',
      'Pass the cursor from the answer as "after". When "next" is null you have seen everything.',
    ],
    [
      'I get 429 since {day}.',
      'You are over the limit of your plan, 600 requests a minute. Wait for the seconds in Retry-After, or batch your writes.',
    ],
    [
      'Which webhook tells me about a failed payment?',
      'Subscribe to "invoice.payment_failed". It is sent at most once an hour for one invoice.',
    ],
  ],
  followUps: [
    [
      'Do you have an example?',
      'Yes, in the guide "First request": three lines with curl, and the same in Python.',
    ],
    [
      'Does this work with the EU region?',
      'It does, with the host of your region. Keys are not shared between regions.',
    ],
    [
      'How do I rotate the key?',
      'Make a second key, deploy it, then revoke the first. Both work in between.',
    ],
  ],
}

export const ACCOUNTS: Topic = {
  openers: [
    [
      'I cannot sign in any more.',
      'Your account was locked after several wrong passwords. It opens again in 15 minutes, or at once with "Forgot password".',
    ],
    [
      'How do I add a colleague?',
      'An admin invites them under Settings, Team. The invitation is valid for seven days.',
    ],
  ],
  followUps: [
    [
      'The mail does not arrive.',
      'Please look in the spam folder for a mail from {day}. If it is not there I can send another.',
    ],
    ['Can they only look?', 'Yes, give them the role viewer.'],
  ],
}

export const INVOICES: Topic = {
  openers: [
    [
      'Where do I find the invoice of {day}?',
      'Under Billing, Invoices. I have also sent invoice {number} to the address of your accounting.',
    ],
    [
      'Why is it {amount} this month?',
      'Three seats were added on {day}, so this invoice contains their share of the month as well.',
    ],
  ],
  followUps: [
    [
      'Can you add our VAT number?',
      'It is on all invoices from now on. I have issued {number} again with it.',
    ],
    ['Can we pay yearly?', 'Yes, with two months free. The change takes effect on {day}.'],
  ],
}

export const BUGS: Topic = {
  openers: [
    [
      'The export has been stuck at 99 % since {day}.',
      'I can see it, job {number}. It failed on one attachment; I have restarted it without that one and told the team.',
    ],
    [
      'Charts are empty in Safari.',
      'Thank you, we know of it since {day}. A correction is being tested; reloading without cache helps until then.',
    ],
  ],
  followUps: [
    ['Is there a workaround?', 'Yes: export by month. Parts under 10,000 rows go through.'],
    ['When is it fixed?', 'It is planned for {day}. You are on the list of people who hear about it first.'],
  ],
}

export const APPOINTMENTS: Topic = {
  openers: [
    ['I need an appointment this week.', 'The next free one is {day} at 10:20. Shall I book it for you?'],
    [
      'Can I move my appointment on {day}?',
      'Of course. There is room at 8:40 and at 16:10 the day after; which suits you?',
    ],
    [
      'How do I prepare for a blood test?',
      'Nothing to eat for eight hours before, water is fine. Bring a list of what you take.',
    ],
  ],
  followUps: [
    ['The earlier one, please.', 'Booked. You get a reminder the evening before.'],
    ['Which papers do I bring?', 'Your card and, if you have one, the referral.'],
    ['How long does it take?', 'About 25 minutes, plus a little waiting on busy days.'],
  ],
}

export const INSURANCE: Topic = {
  openers: [
    [
      'Do you accept my insurance?',
      'We work with all public funds and most private ones. Tell me the name and I will check.',
    ],
    [
      'What does a check-up cost without insurance?',
      'A basic check-up is {amount}. You get a written estimate before anything else is done.',
    ],
  ],
  followUps: [
    ['Can I pay by instalments?', 'From 300 upwards, in up to six parts without interest.'],
    ['Do I need a referral?', 'Not for the first visit.'],
  ],
}

export const EXERCISES: Topic = {
  openers: [
    [
      'I do not understand exercise {number}.',
      'Let us go step by step. What is given, and what is asked for? Write both down first.',
    ],
    [
      'Why is my answer wrong?',
      'The way is right; in the second line a minus was lost. Try it again from there.',
    ],
    [
      'Can you explain photosynthesis simply?',
      'A plant uses light to build sugar from water and air, and gives off oxygen. The sugar is its food.',
    ],
  ],
  followUps: [
    ['Another example, please.', 'Take 3x + 5 = 20. Subtract 5 on both sides, then divide by 3: x is 5.'],
    ['Now I get 12.', 'Exactly, well done. The next one is a little harder.'],
    ['Is this in the exam?', 'It was in the last two. Practise set {number} and you are well prepared.'],
  ],
}

export const COURSES: Topic = {
  openers: [
    ['When does the next course start?', 'On {day}, in the evenings from 18:30. Four places are left.'],
    ['What does the summer course cost?', 'It is {amount} for six weeks, material included.'],
  ],
  followUps: [
    ['Is there a discount for siblings?', 'Yes, 15 % from the second child on.'],
    ['Can I try a lesson?', 'The first one is free. Shall I put you down for {day}?'],
  ],
}

export const LEAVE: Topic = {
  openers: [
    [
      'How many days of leave do I have left?',
      'You have 11 days left this year; three of them must be taken before the end of March.',
    ],
    [
      'Who approves my leave while my manager is away?',
      'The deputy in the team plan. I have sent your request there.',
    ],
  ],
  followUps: [
    ['Can I carry days over?', 'Up to five, until the end of March.'],
    ['Where do I enter it?', 'In the calendar, "Request leave". It takes a minute.'],
  ],
}
