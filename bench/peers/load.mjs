// Stands beside the node_modules that `npm ci` makes here, so that what it imports is found there.
export const load = (name) => import(name)
