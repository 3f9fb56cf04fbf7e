#include <stdio.h>

int main(void) {
    char line[4096];
    while (fputs("$ ", stdout), fflush(stdout), fgets(line, sizeof line, stdin)) {
        /* your shell */
    }
    return 0;
}
