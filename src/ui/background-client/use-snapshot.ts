// The connection's sight, as a hook.
import { useLayoutEffect, useState } from "preact/hooks";
import type { Connection, Sight } from "./connect.ts";

export function useSight(connection: Connection): Sight {
	const [sight, setSight] = useState(connection.sight);
	useLayoutEffect(() => {
		// What happened between the first render and this moment counts too.
		setSight(connection.sight());
		return connection.subscribe(() => setSight(connection.sight()));
	}, [connection]);
	return sight;
}
