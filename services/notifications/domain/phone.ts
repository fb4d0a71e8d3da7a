/** E.164, the one form that is the same phone everywhere: https://www.itu.int/rec/T-REC-E.164 */
const E164 = /^\+[1-9]\d{6,14}$/;

/** People write spaces, dashes and brackets; a number without its country is nobody's. */
export function e164(phone: string): string | undefined {
  const bare = phone.replace(/[ ()-]/g, '');
  return E164.test(bare) ? bare : undefined;
}
