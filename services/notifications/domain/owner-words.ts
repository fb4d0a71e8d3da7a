import { GIVEN_UP_LIMIT } from './webhook';

/** What the owner of a webhook endpoint reads when it was switched off. */
export const ownerWords = (because: string) => ({
  subject: 'Your webhook endpoint was switched off',
  preheader: 'No events are sent to it until it is switched on again.',
  label: 'Switched off',
  headline: 'Your webhook endpoint was switched off',
  greeting: 'Hello,',
  paragraphs: [
    because === 'GONE'
      ? 'It answered 410 Gone, which says that it wants no more events.'
      : `It did not take ${GIVEN_UP_LIMIT} deliveries in a row, although each was tried for a day.`,
    'No events are sent to it any more.',
  ],
  note: 'When it works again, ask the shop to switch it on. Whatever it missed can be sent again from the log, for 30 days.',
});
