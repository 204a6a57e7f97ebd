// Imports that Vite resolves and TypeScript does not know.
declare module "*.css";
declare module "*?worker&url" {
	const url: string;
	export default url;
}
