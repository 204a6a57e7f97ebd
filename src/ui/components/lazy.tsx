import {
	type ComponentChildren,
	type ComponentType,
	createElement,
	type FunctionComponent,
} from "preact";
import { useModule } from "../hooks/use-module.ts";
import { Button } from "./Button.tsx";
import { useAnnounce } from "./status.tsx";

export interface LazyComponent<Props> extends FunctionComponent<Props> {
	/** Resolves when the component renders without waiting; rejects when it could not be loaded. */
	load(): Promise<void>;
}

type PropsOf<Component> = Component extends (
	props: infer Props extends object,
) => ComponentChildren
	? Props
	: never;

/**
 * The component `name` of a module, loaded when it is rendered for the first time or when `load` is called. Where loading fails,
 * it renders a message with a button that tries again: the browser fetches a module anew that it could not load before.
 */
export function lazy<Module, Name extends keyof Module>(
	importModule: () => Promise<Module>,
	name: Name,
): LazyComponent<PropsOf<Module[Name]>> {
	type Props = PropsOf<Module[Name]>;
	let loaded: ComponentType<Props> | undefined;
	const load = async () => {
		loaded ??= (await importModule())[name] as ComponentType<Props>;
		return loaded;
	};
	function Lazy(props: Props) {
		const { module: Component = loaded, retry } = useModule(!loaded, load);
		if (Component) return createElement(Component, props);
		return retry ? <LoadError onRetry={retry} /> : null;
	}
	return Object.assign(Lazy, { load: async () => void (await load()) });
}

export function LoadError({ onRetry }: { readonly onRetry: () => void }) {
	return (
		<div class="bar warn" role="alert">
			<span class="message">
				Part of this view could not be loaded. Try again. If that does not help,
				close the view and open it again.
			</span>
			<Button name="Try again" onClick={onRetry} />
		</div>
	);
}

/**
 * For click handlers: `show` is called once the component is loaded. A failure is announced, and the next click tries again.
 */
export function useLoad(): (
	component: Pick<LazyComponent<never>, "load">,
	show: () => void,
) => void {
	const announce = useAnnounce();
	return (component, show) =>
		void component
			.load()
			.then(show, () => announce("This could not be loaded. Try again."));
}
