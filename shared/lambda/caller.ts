import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Who calls, as the gateway's JWT authorizer verified it. On a public route the id is `public`. */
export interface Caller {
  id: string;
  groups: string[];
}

interface WithClaims {
  authorizer?: { jwt?: { claims?: Record<string, string | number | boolean | string[]> } };
}

/** HTTP API hands a list claim on as the text `[staff other]`. */
const listOf = (claim: unknown): string[] =>
  Array.isArray(claim)
    ? claim.map(String)
    : String(claim ?? '')
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/)
        .filter(Boolean);

export function callerOf(event: APIGatewayProxyEventV2): Caller {
  const claims = (event.requestContext as WithClaims).authorizer?.jwt?.claims;
  return { id: String(claims?.sub ?? 'public'), groups: listOf(claims?.['cognito:groups']) };
}
