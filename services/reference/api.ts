import Joi from 'joi';
import type { Route } from '../../shared/kernel/route';

export const getOpenApiRoute: Route = {
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document',
  access: 'public',
  answer: { status: 200, description: 'OpenAPI 3.1', schema: 'OpenApi', example: { openapi: '3.1.0' } },
  errors: ['VALIDATION_FAILED', 'RATE_LIMITED', 'INTERNAL'],
};

interface DocsPath {
  file?: string;
}

const page = {
  method: 'GET',
  access: 'public',
  errors: ['VALIDATION_FAILED', 'NOT_FOUND', 'RATE_LIMITED', 'INTERNAL'],
} as const;

export const getDocsPageRoute: Route = {
  ...page,
  path: '/docs',
  summary: 'A page that shows this document and sends requests',
  answer: { status: 200, description: 'The page', example: '<!doctype html>', type: 'text/html' },
};

/** One function serves both: on `/docs` itself there is no file. */
export const getDocsFileRoute: Route<unknown, DocsPath> = {
  ...page,
  path: '/docs/{file}',
  summary: 'What the page loads',
  pathParameters: Joi.object<DocsPath, true>({ file: Joi.string().min(1).max(64).optional() }),
  answer: { status: 200, description: 'A script or a style sheet', example: '', type: 'text/css' },
};

export const routes = [getOpenApiRoute, getDocsPageRoute, getDocsFileRoute];
