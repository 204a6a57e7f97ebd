import { type ComponentChildren, createContext } from "preact";
import { useContext, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { Remote } from "../../core/protocol/commands.ts";
import type { BackgroundClient, ClientState } from "./background-client.ts";
import type { Platform } from "./platform.ts";

interface Background {
	readonly client: BackgroundClient;
	readonly platform: Platform;
}

interface BackgroundProviderProps extends Background {
	readonly children: ComponentChildren;
}

const BackgroundContext = createContext<Background | undefined>(undefined);

/** Gives the components below it the background client and what the page can do in the browser. */
export function BackgroundProvider(props: BackgroundProviderProps) {
	const { client, platform, children } = props;
	const background = useMemo(() => ({ client, platform }), [client, platform]);
	return (
		<BackgroundContext.Provider value={background}>
			{children}
		</BackgroundContext.Provider>
	);
}

function useBackground(): Background {
	const background = useContext(BackgroundContext);
	if (!background) throw new Error("A BackgroundProvider is missing.");
	return background;
}

/** Also reads the bodies of versions. */
export function useBackgroundClient(): BackgroundClient {
	return useBackground().client;
}

/** The commands that the background carries out. */
export function useRemote(): Remote {
	return useBackground().client.remote;
}

export function usePlatform(): Platform {
	return useBackground().platform;
}

/** The last snapshot and the state of the connection; renders again when either changes. */
export function useSnapshot(): ClientState {
	const { client } = useBackground();
	const [state, setState] = useState(client.getState);
	useLayoutEffect(() => {
		// It may have changed between the first render and this effect.
		setState(client.getState());
		return client.subscribe(() => setState(client.getState()));
	}, [client]);
	return state;
}
