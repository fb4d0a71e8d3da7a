import { fingerprint } from '../../scripts/local/fingerprint';

test('the same sources and endpoint have the same fingerprint, another endpoint has another', () => {
  expect(fingerprint('http://127.0.0.1:4566')).toBe(fingerprint('http://127.0.0.1:4566'));
  expect(fingerprint('http://127.0.0.1:4567')).not.toBe(fingerprint('http://127.0.0.1:4566'));
});
