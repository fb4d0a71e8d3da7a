export interface DemoUser {
  email: string;
  password: string;
  role: 'customer' | 'staff';
}

/** People of the local stage alone. The passwords are no secret: these users exist nowhere else. */
export const demoUsers: DemoUser[] = [
  { email: 'ada@example.com', password: 'Order-in-1843!', role: 'customer' },
  { email: 'grace@example.com', password: 'Order-in-1952!', role: 'customer' },
  { email: 'staff@example.com', password: 'Pick-and-pack-1!', role: 'staff' },
];
