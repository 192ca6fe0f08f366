package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// nginx with a folder of files, which a name and a password open, as ours; files are put by its WebDAV.
final class Nginx extends Subject {

    private final Packages packages;

    Nginx(Site site, Path folder, InetAddress address, Stage stage) throws IOException {
        super(site, folder, address);
        packages = Packages.unpack(site.peers(), Contender.NGINX.packages());
        for (var name : List.of("files", "body", "etc/nginx"))
            Files.createDirectories(folder.resolve(name));
        var users = new StringBuilder();
        for (int i = 0; i < stage.accounts(); i++)
            users.append(Stage.address(i)).append(":{PLAIN}").append(Stage.PASSWORD).append('\n');
        Files.writeString(folder.resolve("etc/nginx/users"), users);
        Files.writeString(
                folder.resolve("etc/nginx/nginx.conf"),
                """
                daemon off;
                user root;
                worker_processes auto;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events { worker_connections 10000; }
                http {
                    sendfile on;
                    tcp_nopush on;
                    keepalive_requests 1000000;
                    access_log %1$s/access.log;
                    client_body_temp_path %1$s/body;
                    client_max_body_size 0;
                    server {
                        listen %2$s:%3$d;
                        listen %2$s:%4$d ssl;
                        ssl_certificate %5$s;
                        ssl_certificate_key %6$s;
                        ssl_protocols TLSv1.2 TLSv1.3;
                        location /files/ {
                            root %1$s;
                            dav_methods PUT;
                            auth_basic files;
                            auth_basic_user_file /etc/nginx/users;
                        }
                    }
                }
                """
                        .formatted(
                                folder,
                                address.getHostAddress(),
                                number(Port.HTTP),
                                number(Port.HTTPS),
                                site.certificate(),
                                site.key()));
    }

    @Override
    List<Child> start() throws IOException {
        return List.of(
                Child.start(
                        packages.command(
                                folder.resolve("etc"),
                                List.of("/usr/sbin/nginx", "-c", "/etc/nginx/nginx.conf")),
                        Map.of(),
                        folder.resolve("log")));
    }

    @Override
    List<Port> greeters() {
        return List.of(Port.HTTP);
    }
}
