// Imports that Vite resolves and TypeScript does not know.
declare module "*.css";
