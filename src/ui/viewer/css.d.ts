// Styles that a module brings along; the bundler links them.
declare module "*.css";
