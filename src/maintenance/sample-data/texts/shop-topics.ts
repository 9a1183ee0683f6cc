import type { Topic } from './topic.ts'

export const ORDERS: Topic = {
  openers: [
    [
      'Where is my order {number}?',
      'Order {number} left our warehouse on {day} and is with the carrier. It should reach you within two working days.',
    ],
    [
      'I ordered on {day} and have no confirmation yet.',
      'I found it: order {number}. The confirmation went to the address on your account; I have just sent it again.',
    ],
    [
      'Can I still change the address of order {number}?',
      'Yes, it has not been packed. Which address should it go to?',
    ],
  ],
  followUps: [
    [
      'It says delivered, but nothing is here.',
      'I am sorry. Please look with your neighbours first; if it has not turned up by tomorrow evening I will open a search with the carrier for {number}.',
    ],
    [
      'Can you send it to {city} instead?',
      'Done: order {number} now goes to {city}. You will get a new confirmation in a few minutes.',
    ],
    [
      'How do I follow the parcel?',
      'The link is in the mail from {day}. You can also open it under "My orders" in your account.',
    ],
  ],
}

export const DELIVERY: Topic = {
  openers: [
    [
      'How much is delivery to {city}?',
      'Standard delivery to {city} costs {amount} and takes three to four working days. It is free from 80 upwards.',
    ],
    [
      'Do you deliver on Saturdays?',
      'Yes, in most larger towns. Enter your postcode at the checkout and you will see whether Saturday is offered.',
    ],
  ],
  followUps: [
    ['And express?', 'Express arrives on the next working day if you order before 14:00, for {amount}.'],
    ['Can I pick it up in the shop?', 'Yes. Choose "collect in {city}"; we keep it for seven days.'],
  ],
}

export const RETURNS: Topic = {
  openers: [
    [
      'How do I send something back?',
      'Print the label from "My orders", put it on the parcel and hand it in at any parcel shop. You have 30 days from {day}.',
    ],
    [
      'The jacket from {number} has a broken zip.',
      'That should not happen. I can send you a new one or refund {amount}; which do you prefer?',
    ],
    [
      'When do I get my money for {number}?',
      'We received your return on {day}. The refund of {amount} takes three to five working days from then.',
    ],
  ],
  followUps: [
    [
      'A new one, please.',
      'It is ordered and free of charge. Keep the old one until the new parcel arrives, the label is in it.',
    ],
    ['I threw the box away.', 'That is fine, any sturdy box will do.'],
    [
      'Can I exchange it for a larger size?',
      'Yes, {number} can be exchanged. I have reserved the next size for you for 48 hours.',
    ],
  ],
}

export const SIZES: Topic = {
  openers: [
    [
      'I am between two sizes, which one fits?',
      'This model runs small. Most people in between were happier with the larger one.',
    ],
    [
      'Is the {city} parka waterproof?',
      'It is water-repellent and keeps off a shower of about an hour. For long rain take the shell above it.',
    ],
  ],
  followUps: [
    ['Can it be washed?', 'Yes, at 30 degrees without softener. Do not tumble-dry it.'],
    ['Do you have it in green?', 'Green comes back around {day}. Shall I tell you when it is there?'],
  ],
}

export const BOOKINGS: Topic = {
  openers: [
    [
      'Do you have a room for two from {day}?',
      'Yes, a double with a view for {amount} a night, breakfast included. Shall I hold it for you?',
    ],
    [
      'I need to move booking {number} by a day.',
      'That works without a fee. Booking {number} now begins on {day}.',
    ],
    [
      'Please cancel {number}.',
      'Booking {number} is cancelled. You were within the free period, so {amount} goes back to your card.',
    ],
  ],
  followUps: [
    [
      'Is breakfast included?',
      'It is, from 7 to 10:30. Tell us about allergies and we will prepare something.',
    ],
    ['Can we bring a dog?', 'Dogs are welcome for {amount} a stay. I have added a note to the booking.'],
    [
      'Late arrival, around 23:00?',
      'No problem. The code for the night entrance comes by message that afternoon.',
    ],
  ],
}

export const LOCAL: Topic = {
  openers: [
    [
      'What is worth seeing around {city} in one day?',
      'Start at the market, walk the river path to the old harbour and take the last cable car up for the sunset.',
    ],
    [
      'Where do people here eat?',
      'Try the place behind the station in {city}: six tables, no menu, open until 22:00 but for Mondays.',
    ],
  ],
  followUps: [
    ['And with children?', 'The boat museum keeps them busy for two hours, and entry is free for them.'],
    ['Do I need a car?', 'No. The day ticket for {amount} covers buses and the ferry.'],
  ],
}

export const ARRIVAL: Topic = {
  openers: [
    [
      'How do I get to you from {city}?',
      'Take line 4 to the last stop but one, then it is five minutes on foot. By car there is parking behind the house.',
    ],
    [
      'What are your opening hours on {day}?',
      'We are open from 8:00 to 18:00 that day. The telephone is answered from 9:00.',
    ],
  ],
  followUps: [
    ['Is it wheelchair accessible?', 'Yes, the side entrance has a ramp and a lift to every floor.'],
    ['Is there parking?', 'There are twelve places, free for three hours.'],
  ],
}

export const VIEWINGS: Topic = {
  openers: [
    [
      'Is the flat {number} still free?',
      'It is. The next viewing is on {day} at 17:30, would you like to come?',
    ],
    [
      'Can I see the house in {city} at the weekend?',
      'Yes, Saturday at 11:00. Please bring an identity card.',
    ],
  ],
  followUps: [
    ['How much are the extra costs?', 'About {amount} a month with heating, without electricity.'],
    ['Are pets allowed?', 'Cats are; for a dog the owner would like to meet it first.'],
    ['What do you need from me?', 'The last three payslips and the form I have just sent you.'],
  ],
}

export const REPAIRS: Topic = {
  openers: [
    [
      'The heating has been cold since {day}.',
      'I am sorry. Ticket {number} is open and marked urgent; the fitter calls you today.',
    ],
    [
      'The tap in the kitchen drips.',
      'Thank you. I have passed it on as {number}. Is a visit on {day} in the morning possible?',
    ],
  ],
  followUps: [
    ['I am not at home then.', 'May the caretaker let the fitter in? Otherwise I will suggest another day.'],
    ['Who pays for it?', 'It is wear and tear, so the owner does.'],
  ],
}
