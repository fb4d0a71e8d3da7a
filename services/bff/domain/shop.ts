import type { Money } from '../../../shared/kernel/money';

/** What a screen shows of a product; the public API sends more. */
export interface Product {
  id: string;
  name: string;
  price: Money;
  available: number;
  images: { url: string; width: number; height: number; type: string }[];
}

export interface Order {
  id: string;
  status: string;
  paymentStatus: string;
  fulfilmentStatus: string;
  items: { productId: string; name: string; quantity: number }[];
  total: Money;
  nextAction?: { type: string; url: string; expiresAt: string };
  proposal?: unknown;
  version: number;
  updatedAt: string;
}

export interface HistoryEntry {
  at: string;
  type: string;
}
