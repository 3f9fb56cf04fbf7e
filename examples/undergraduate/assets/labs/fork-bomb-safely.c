#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void) {
    struct rlimit few = {.rlim_cur = 32, .rlim_max = 32};
    setrlimit(RLIMIT_NPROC, &few); /* without this line, save your work first */
    int children = 0;
    while (fork() > 0) {
        children++;
    }
    printf("%d children\n", children);
    return 0;
}
