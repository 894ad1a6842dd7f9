// Boost.JSON's definitions: the library is used header-only, so that the program stays one file.
#include <boost/json/src.hpp>
