/** 13 to 19 digits, spaces or dashes between them allowed: the lengths of ISO/IEC 7812 card numbers. */
const CANDIDATE = /\d(?:[ -]?\d){12,18}/g;

function passesLuhn(digits: string): boolean {
  let total = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2;
    total += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return total % 10 === 0;
}

/** True when free text seems to hold a card number, which must never be stored or logged (PCI DSS, requirement 3). */
export const holdsCardNumber = (text: string): boolean =>
  [...text.matchAll(CANDIDATE)].some(([match]) => passesLuhn(match.replace(/[ -]/g, '')));
