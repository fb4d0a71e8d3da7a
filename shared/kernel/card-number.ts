/** Digits as people write them, in groups with spaces or dashes between. */
const GROUPED_DIGITS = /\d+(?:[\s-]+\d+)*/g;

/** The lengths of ISO/IEC 7812 card numbers. */
const SHORTEST = 13;
const LONGEST = 19;

function passesLuhn(digits: string): boolean {
  let total = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2;
    total += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return total % 10 === 0;
}

/** Every run of whole groups that is as long as a card number: a flat or an expiry date may stand beside it. */
function* candidates(groups: string[]): Generator<string> {
  for (let first = 0; first < groups.length; first += 1) {
    let digits = '';
    for (let last = first; last < groups.length && digits.length < LONGEST; last += 1) {
      digits += groups[last];
      if (digits.length >= SHORTEST && digits.length <= LONGEST) yield digits;
    }
  }
}

/** True when free text seems to hold a card number, which must never be stored or logged (PCI DSS, requirement 3). */
export const holdsCardNumber = (text: string): boolean =>
  [...text.matchAll(GROUPED_DIGITS)].some(([match]) =>
    [...candidates(match.match(/\d+/g) ?? [])].some(passesLuhn),
  );
