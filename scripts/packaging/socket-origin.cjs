/** Where the local AWS takes WebSockets: the port of its http endpoint. */
const endpoint = process.env.AWS_ENDPOINT_URL ?? 'http://127.0.0.1:4566';

module.exports = { origin: endpoint.replace(/^http/, 'ws') };
