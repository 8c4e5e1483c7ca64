/** Where the service's GraphQL is: beside the page (both pages lie side by side), beneath whatever path a proxy shows them. */
export const GRAPHQL_URL = new URL('graphql', document.baseURI).href;
