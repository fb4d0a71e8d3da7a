/** A message that no second try can mend: it goes to the dead-letter queue at once, with this as the reason. */
export class PermanentFault extends Error {
  override name = 'PermanentFault';
}
