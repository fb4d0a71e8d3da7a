import { newProduct, type Product } from '../../services/inventory/domain/product';
import type { Change, SavedChange } from '../../services/inventory/ports/back-office';
import { attachProductImage } from '../../services/inventory/use-cases/attach-product-image';

const facts = { name: 'Mug', description: 'Blue', category: 'table', price: { amount: 1, currency: 'EUR' } };
const at = '2030-01-01T00:00:00.000Z';
const file = (picture: string, width: number) => ({
  url: `https://shop.example.com/images/prd_1/${picture}/${width}.jpg`,
  ...{ width, height: width, type: 'image/jpeg' },
});

function shelf() {
  const state: { product: Product; refusals: number } = {
    product: newProduct('prd_1', facts, at),
    refusals: 0,
  };
  const backOffice = {
    find: async (id: string) => (id === 'prd_1' ? state.product : undefined),
    save: async ({ product }: Change): Promise<SavedChange> => {
      const to = product?.to as Product;
      if (state.refusals > 0 || to.version !== state.product.version + 1) {
        state.refusals -= 1;
        state.product = { ...state.product, name: 'Changed by others', version: state.product.version + 1 };
        return { saved: false, why: 'STALE' };
      }
      state.product = to;
      return { saved: true };
    },
  };
  const attach = (imageId: string, widths: number[], productId = 'prd_1') =>
    attachProductImage(
      { backOffice, clock: () => Date.parse(at) },
      { productId, imageId, files: widths.map((width) => file(imageId, width)), correlationId: 'cor_1' },
    );
  return { state, attach };
}

test('a picture is put onto its product once, and the version raised once', async () => {
  const { state, attach } = shelf();
  expect(await attach('img_1', [800, 200])).toBe('ATTACHED');
  expect(await attach('img_1', [800, 200])).toBe('UNCHANGED');
  expect(state.product).toMatchObject({ version: 2, images: [file('img_1', 800), file('img_1', 200)] });
});

test('pictures stand side by side; one that is told anew replaces itself alone', async () => {
  const { state, attach } = shelf();
  await attach('img_1', [800, 200]);
  await attach('img_2', [800]);
  await attach('img_1', [640]);
  expect(state.product.images).toEqual([file('img_2', 800), file('img_1', 640)]);
  expect(state.product.version).toBe(4);
});

test('what others change meanwhile is kept', async () => {
  const { state, attach } = shelf();
  state.refusals = 2;
  expect(await attach('img_1', [800])).toBe('ATTACHED');
  expect(state.product).toMatchObject({ name: 'Changed by others', version: 4 });
});

test('a product that is not to be found, or that others keep changing, is tried again later', async () => {
  const { state, attach } = shelf();
  await expect(attach('img_1', [800], 'prd_9')).rejects.toThrow('no product prd_9');
  state.refusals = 9;
  await expect(attach('img_1', [800])).rejects.toThrow('changed 5 times');
});
