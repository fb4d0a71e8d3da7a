export interface DemoUser {
  email: string;
  password: string;
  role: 'customer' | 'staff';
}

/** People of stage local, and of no other: everybody can read their passwords. */
export const demoUsers: DemoUser[] = [
  { email: 'ada@example.com', password: 'Order-in-1843!', role: 'customer' },
  { email: 'grace@example.com', password: 'Order-in-1952!', role: 'customer' },
  { email: 'staff@example.com', password: 'Pick-and-pack-1!', role: 'staff' },
];
