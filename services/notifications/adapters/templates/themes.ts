import type { OrderMailKind } from '../../domain/order-mail';

/** The one colour of a mail, on light and on dark, and the mark beside its label, which says the same. */
interface Theme {
  accent: string;
  onDark: string;
  note: string;
  noteOnDark: string;
  mark: string;
}

export const themes: Record<OrderMailKind, Theme> = {
  'order-confirmed': {
    accent: '#1e6b52',
    onDark: '#86d3b4',
    note: '#eaf3ee',
    noteOnDark: '#24332c',
    mark: '✓',
  },
  'order-rejected': {
    accent: '#9c4318',
    onDark: '#f0ab82',
    note: '#fbefe7',
    noteOnDark: '#3a2b22',
    mark: '!',
  },
  'order-cancelled': {
    accent: '#45566b',
    onDark: '#aebfd6',
    note: '#edf0f4',
    noteOnDark: '#2a303a',
    mark: '×',
  },
};
