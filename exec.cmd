@rem Scripts in package.json say `exec node …`, so that on Linux and macOS a signal to npm reaches the program and not a
@rem shell in between. Windows has no such word; this file, found in the current folder, makes it one.
@%*
