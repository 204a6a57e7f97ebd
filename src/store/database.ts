// The database's name, which the worker's library and the views' reader have in common.

export const DATABASE = "appconfig-inspector";
