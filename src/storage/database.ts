// The names of databases, which the worker's library and the views have in common.

export const DATABASE = "appconfig-inspector";

/** Where a view lays down what is to be imported; in a database apart, so that views never write to the history. */
export const INCOMING = "appconfig-inspector-incoming";
/** Rows of version and body by profile id and position. */
export const INCOMING_STORE = "versions";
