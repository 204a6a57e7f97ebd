// The names of databases, which the worker's library and the views have in common.

export const DATABASE_NAME = "appconfig-inspector";

/** Where a view lays down what is to be imported; in a database apart, so that views never write to the history. */
export const STAGING_DATABASE_NAME = "appconfig-inspector-incoming";
/** Rows of version and body by profile id and position. */
export const STAGING_STORE_NAME = "versions";
