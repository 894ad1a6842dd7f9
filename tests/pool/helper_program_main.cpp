// A program that helpers can be processes of.
#include <riptide/helper_program.h>

int main(int argc, char** argv) {
    riptide::serve_as_zygote_if_asked(argc, argv);
    return 1;
}
