/** The folder that the service lies in: both pages lie in it side by side, beneath whatever path a proxy shows them. */
const folder = new URL('.', document.baseURI);

/** With a slash at both ends. */
export const SERVICE_PATH = folder.pathname;
/** What the service is reached by, without a slash at its end. */
export const SERVICE_URL = folder.href.replace(/\/$/, '');
/** Where the service's GraphQL is. */
export const GRAPHQL_URL = new URL('graphql', folder).href;
