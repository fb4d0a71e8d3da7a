/** The notice came before the answer to our own request did; it is looked at again when that is booked. */
export class TooEarly extends Error {
  override name = 'TooEarly';
}
