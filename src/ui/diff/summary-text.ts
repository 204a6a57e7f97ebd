// What a summary says where nothing is counted: apart from the comparison itself, which only its worker loads.

export const NO_CHANGES = "no changes";
