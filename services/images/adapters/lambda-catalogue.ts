import type { LambdaClient } from '@aws-sdk/client-lambda';
import { askFunction } from '../../../shared/aws/ask-function';
import { SECOND } from '../../../shared/kernel/time';
import type { Catalogue } from '../ports/images';

class CatalogueUnavailable extends Error {
  override name = 'ServiceUnavailable';
}

/** What the public API answers, as the function gives it. */
interface Answer {
  statusCode?: number;
  body?: string;
}

/** As long as the function asked may run. */
const ANSWERED_WITHIN = 6 * SECOND;

/** Asks the public route `GET /products/{id}` of inventory by invoking its function, for the product as it is now. */
export class LambdaCatalogue implements Catalogue {
  constructor(
    private readonly client: LambdaClient,
    private readonly getProduct: string,
  ) {}

  async versionOf(productId: string): Promise<number | undefined> {
    const request = {
      headers: { 'cache-control': 'no-cache' },
      pathParameters: { id: productId },
      requestContext: {},
    };
    const asked = await askFunction(this.client, this.getProduct, request, ANSWERED_WITHIN);
    const { statusCode, body = '{}' } = 'failed' in asked ? {} : ((asked.answer ?? {}) as Answer);
    if (statusCode === 404) return undefined;
    if (statusCode === 200) return Number(JSON.parse(body).version);
    throw new CatalogueUnavailable(`The catalogue answered ${'failed' in asked ? asked.failed : statusCode}`);
  }
}
