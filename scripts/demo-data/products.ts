/** What the demo shop sells: things for a slow breakfast. Amounts are euro cents; ids are fixed, so that samples can name them. */
export interface DemoProduct {
  id: string;
  name: string;
  description: string;
  category: string;
  /** Euro cents. */
  price: number;
  /** Units on the first load; later loads leave the stock as customers left it. */
  stock: number;
}

export const demoProducts: readonly DemoProduct[] = [
  {
    id: 'prd_01KA000001FV11KETT1E000000',
    name: 'Gooseneck Kettle, 0.9 l',
    description:
      'A thin, steady stream exactly where you point it. Brushed steel, cork handle, works on gas and induction.',
    category: 'brewing',
    price: 6400,
    stock: 12,
  },
  {
    id: 'prd_01KA000002HANDGR1NDER00000',
    name: 'Walnut Hand Grinder',
    description:
      'Steel burrs, thirty-six clicks from espresso to French press, and a sound that will not wake the house.',
    category: 'brewing',
    price: 7900,
    stock: 25,
  },
  {
    id: 'prd_01KA000003DR1PPER000000000',
    name: 'Stoneware Dripper',
    description:
      'Thrown by hand in a two-wheel workshop, glazed in oat or sea. Sits on any mug, makes one honest cup.',
    category: 'brewing',
    price: 2490,
    stock: 40,
  },
  {
    id: 'prd_01KA000004F11TERS000000000',
    name: 'Paper Filters, 100 pieces',
    description:
      'Unbleached, cone-shaped, compostable. The only thing in this shop you will ever run out of.',
    category: 'brewing',
    price: 650,
    stock: 10_000,
  },
  {
    id: 'prd_01KA000005H0VSEESPRESS0000',
    name: 'House Espresso, 250 g',
    description:
      'Brazil and Sumatra, roasted on Tuesdays. Dark chocolate, hazelnut, a little smoke; happy with milk.',
    category: 'coffee',
    price: 1190,
    stock: 60,
  },
  {
    id: 'prd_01KA000006GVJ1NATVRA100000',
    name: 'Guji Natural, 250 g',
    description:
      'One farm, one harvest, a few sacks. Blueberry, jasmine and brown sugar. When these bags are gone, they are gone.',
    category: 'coffee',
    price: 1550,
    stock: 5,
  },
  {
    id: 'prd_01KA000007DECAF00000000000',
    name: 'Evening Decaf, 250 g',
    description: 'Washed with spring water, not solvents. Caramel and orange peel at ten in the evening.',
    category: 'coffee',
    price: 1290,
    stock: 35,
  },
  {
    id: 'prd_01KA000008ENAME1MVG0000000',
    name: 'Enamel Mug',
    description:
      'Cream outside, blue rim, 350 ml. Survives camping, children and the dishwasher, and looks better for it.',
    category: 'table',
    price: 1450,
    stock: 40,
  },
  {
    id: 'prd_01KA000009BVTTERD1SH000000',
    name: 'Butter Dish with Lid',
    description: 'White porcelain, holds a 250 g block, and a knob on the lid that greasy fingers can hold.',
    category: 'table',
    price: 2850,
    stock: 18,
  },
  {
    id: 'prd_01KA00000A11NENT0WE1000000',
    name: 'Linen Tea Towel',
    description:
      'Heavy Lithuanian linen, 50 × 70 cm, a loop to hang it by. Dries glasses without leaving a thread behind.',
    category: 'table',
    price: 1200,
    stock: 80,
  },
  {
    id: 'prd_01KA00000DHEATHERH0NEY0000',
    name: 'Heather Honey, 340 g',
    description:
      'From moorland hives that are moved by night. Thick, amber, slightly bitter; made for toast and strong tea.',
    category: 'pantry',
    price: 980,
    stock: 48,
  },
  {
    id: 'prd_01KA00000CSEV111EJAM000000',
    name: 'Seville Marmalade, batch 12',
    description:
      'Coarse-cut peel, three hours in copper, forty jars a year. Batch 13 is waiting for January and its oranges.',
    category: 'pantry',
    price: 890,
    stock: 0,
  },
];
