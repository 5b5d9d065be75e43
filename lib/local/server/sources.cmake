# SPDX-License-Identifier: Apache-2.0
set(TIPHYS_SERVER_SOURCES
    fields.cpp
    history.cpp
    http.cpp
    list_options.cpp
    listener.cpp
    log_feed.cpp
    peer.cpp
    selector.cpp
    server.cpp
    service.cpp
    session.cpp
    target.cpp
    watch_feed.cpp
    watch_queue.cpp
    wire.cpp)
