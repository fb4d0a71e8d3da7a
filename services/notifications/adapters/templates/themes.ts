import type { OrderMailKind } from '../../domain/order-mail';

/** The one colour of a mail, on light and on dark, and the mark beside its label, which says the same. */
interface Theme {
  accent: string;
  onDark: string;
  note: string;
  noteOnDark: string;
  mark: string;
}

const good: Omit<Theme, 'mark'> = {
  accent: '#1e6b52',
  onDark: '#86d3b4',
  note: '#eaf3ee',
  noteOnDark: '#24332c',
};

const attention: Omit<Theme, 'mark'> = {
  accent: '#9c4318',
  onDark: '#f0ab82',
  note: '#fbefe7',
  noteOnDark: '#3a2b22',
};

const plain: Omit<Theme, 'mark'> = {
  accent: '#45566b',
  onDark: '#aebfd6',
  note: '#edf0f4',
  noteOnDark: '#2a303a',
};

export const themes: Record<OrderMailKind, Theme> = {
  'order-confirmed': { ...good, mark: '✓' },
  'order-rejected': { ...attention, mark: '!' },
  'order-cancelled': { ...plain, mark: '×' },
  'order-shipped': { ...good, mark: '→' },
  'order-delivered': { ...good, mark: '✓' },
  'return-received': { ...plain, mark: '↩' },
  'return-refunded': { ...good, mark: '✓' },
  'return-refused': { ...attention, mark: '!' },
  'order-refunded': { ...plain, mark: '↩' },
  'choice-asked': { ...attention, mark: '?' },
  'action-required': { ...attention, mark: '!' },
  'payment-lost': { ...attention, mark: '!' },
  'rest-cancelled': { ...plain, mark: '×' },
  'order-link': { ...plain, mark: '→' },
};
