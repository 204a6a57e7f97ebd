// The connection's sight, as a hook.
import { useLayoutEffect, useState } from "preact/hooks";
import type { BackgroundClient, ClientState } from "./connect.ts";

export function useSnapshot(connection: BackgroundClient): ClientState {
	const [sight, setSight] = useState(connection.getState);
	useLayoutEffect(() => {
		// What happened between the first render and this moment counts too.
		setSight(connection.getState());
		return connection.subscribe(() => setSight(connection.getState()));
	}, [connection]);
	return sight;
}
