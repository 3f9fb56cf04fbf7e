#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    printf("before\n");
    fflush(stdout);
    if (fork() == 0) {
        printf("in the child\n");
        return 0;
    }
    wait(NULL);
    printf("in the parent\n");
    return 0;
}
