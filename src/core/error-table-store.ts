/** What is known of a failure. */
export interface ErrorRow {
  retry: boolean;
  fault: "caller" | "outside" | "us";
  say: string;
}

/** Failures of the store and of its copies. */
export const STORE_ERRORS = {
  "store/locked": {
    retry: true,
    fault: "caller",
    say: "Another Lede is running on this data folder. Stop it first, or set LEDE_DATA to another folder.",
  },
  "store/too-old": {
    retry: false,
    fault: "caller",
    say: "This Node has an SQLite older than 3.51.3, which can damage its file. Start Lede with `npm start`, which brings its own Node.",
  },
  "store/damaged": {
    // What waits in it is done once it is restored.
    retry: true,
    fault: "caller",
    say: "The data file is damaged or not an SQLite file. Whoever runs Lede has to stop it, then restore the folder LEDE_DATA from a backup, or move it away to start with an empty one (docs/operators.md).",
  },
  "store/moved": {
    retry: true,
    fault: "caller",
    say: "The data folder was removed or replaced while Lede runs, so nothing is stored. Whoever runs Lede has to put it back, or to stop Lede, restore the folder LEDE_DATA from a backup and start it again (docs/operators.md).",
  },
  "store/newer": {
    retry: false,
    fault: "caller",
    say: "The data folder was last used by a newer Lede. Start that version, or restore a backup made before the update.",
  },
  "store/full": {
    retry: true,
    fault: "caller",
    say: "The disk is full. Whoever runs Lede has to free some space: then it goes on by itself, and nothing stored is lost.",
  },
  "store/failing": {
    retry: true,
    fault: "caller",
    say: "The disk that Lede stores on does not take what is written. Whoever runs Lede has to look at the folder LEDE_DATA (its owner and permissions) and at its disk.",
  },
  "backup/no-room": {
    retry: true,
    fault: "caller",
    say: "There is too little room for a copy of the store: twice its size has to be free. Free some, or set LEDE_BACKUP_DIR to a folder on another disk.",
  },
  "backup/failed": {
    retry: true,
    fault: "caller",
    say: "The store could not be copied. Look at the folder LEDE_BACKUP_DIR (its owner and permissions) and at its disk.",
  },
  "backup/damaged": {
    retry: false,
    fault: "caller",
    say: "The copy of the store is damaged, so it was not kept. Look at both disks; when Lede starts, it reads its store through.",
  },
} as const satisfies Record<string, ErrorRow>;
