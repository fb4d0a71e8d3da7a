import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Catalogue } from '../ports/images';

class CatalogueUnavailable extends Error {
  override name = 'ServiceUnavailable';
}

/** Asks the public route `GET /products/{id}` of inventory by invoking its function: its answer is never out of date. */
export class LambdaCatalogue implements Catalogue {
  constructor(
    private readonly client: LambdaClient,
    private readonly getProduct: string,
  ) {}

  async has(productId: string): Promise<boolean> {
    const request = { headers: {}, pathParameters: { id: productId }, requestContext: {} };
    const { Payload, FunctionError } = await this.client.send(
      new InvokeCommand({ FunctionName: this.getProduct, Payload: Buffer.from(JSON.stringify(request)) }),
    );
    const { statusCode } = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || '{}');
    if (FunctionError || ![200, 404].includes(statusCode)) {
      throw new CatalogueUnavailable(`The catalogue answered ${FunctionError ?? statusCode}`);
    }
    return statusCode === 200;
  }
}
