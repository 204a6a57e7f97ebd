// What modules import that is no code: the bundler links styles, and bundles workers and gives their addresses.
declare module "*.css";
declare module "*?worker&url" {
	const url: string;
	export default url;
}
